// Loaded into a server (node --expose-gc --require): on SIGUSR2 it collects garbage and says how many bytes are in use,
// and what keeps the process busy: timers, threads, files, listeners.
process.on('SIGUSR2', () => {
  global.gc();
  global.gc();
  const busy = {};
  for (const kind of process.getActiveResourcesInfo()) busy[kind] = (busy[kind] ?? 0) + 1;
  for (const name of process.eventNames()) busy[`on ${String(name)}`] = process.listenerCount(name);
  process.stderr.write(`heap ${process.memoryUsage().heapUsed} busy ${JSON.stringify(busy)}\n`);
});
