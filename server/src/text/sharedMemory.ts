/** Typed arrays in memory that threads can share: models of tens of megabytes exist once, however many threads read them. */

/** Typed arrays that models are made of. */
type NumberArray = Uint8Array | Uint16Array | Uint32Array;

interface NumberArrayConstructor<Numbers extends NumberArray> {
  new (buffer: ArrayBufferLike): Numbers;
}

/**
 * `numbers` in shared memory: the array itself if it is there, otherwise a copy. The array itself, too, where the platform has no
 * such memory, as pages in a browser that are not isolated from other origins: what is posted to another thread is a copy then.
 * @throws RangeError if there is not enough memory
 */
export function inSharedMemory<Numbers extends NumberArray>(
  numbers: Numbers,
  kind: NumberArrayConstructor<Numbers>,
): Numbers {
  if (typeof SharedArrayBuffer !== 'function' || numbers.buffer instanceof SharedArrayBuffer) return numbers;
  const copy = new kind(new SharedArrayBuffer(numbers.byteLength));
  copy.set(numbers);
  return copy;
}
