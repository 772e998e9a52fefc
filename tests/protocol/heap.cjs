// Loaded into a server (node --expose-gc --require): on SIGUSR2 it collects garbage and says how many bytes are in use.
process.on('SIGUSR2', () => {
  global.gc();
  global.gc();
  process.stderr.write(`heap ${process.memoryUsage().heapUsed}\n`);
});
