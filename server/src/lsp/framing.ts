/**
 * Watches the frames of messages on a byte stream (LSP base protocol: header lines that end in CRLF, an empty line, and a
 * body of `Content-Length` bytes). Once a length is wrong every byte that follows is read as something else, and nothing
 * that the client says is understood any more: a server that cannot hear should end, so that it is started anew.
 */

/** No header is longer, in bytes, and no message. */
const LONGEST_HEADER = 4096;
const LONGEST_BODY = 1024 * 1024 * 1024;
/** A block of header lines without a length is passed over by the reader; so many in a row are no accident. */
const MOST_LOST = 3;

const CR = 0x0d;
const LF = 0x0a;

export class FramingMonitor {
  private header = '';
  /** Bytes of the body still to come. */
  private body = 0;
  private lost = 0;

  /** Takes the next bytes of the stream. False once the frames are broken for good. */
  push(bytes: Uint8Array): boolean {
    for (let at = 0; at < bytes.length; ) {
      if (this.body > 0) {
        const taken = Math.min(this.body, bytes.length - at);
        this.body -= taken;
        at += taken;
        continue;
      }
      const byte = bytes[at++] as number;
      // A line of a header ends in both; braces are those of a body out of its place.
      if (byte === LF && !this.header.endsWith('\r')) return false;
      if (byte !== CR && byte !== LF && (byte < 0x20 || byte > 0x7e || byte === 0x7b || byte === 0x7d)) return false;
      this.header += String.fromCharCode(byte);
      if (this.header.length > LONGEST_HEADER) return false;
      if (this.header.endsWith('\r\n\r\n') && !this.begin()) return false;
    }
    return true;
  }

  /** Reads the header that is complete. False where it gives no sound length, or none for the third time. */
  private begin(): boolean {
    const length = /^content-length[ \t]*:(.*)$/im.exec(this.header)?.[1]?.trim();
    this.header = '';
    if (length === undefined) return ++this.lost < MOST_LOST;
    this.lost = 0;
    this.body = Number(length);
    return /^\d+$/.test(length) && this.body <= LONGEST_BODY;
  }
}
