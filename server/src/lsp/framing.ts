/**
 * Monitors the framing of messages on a byte stream (LSP base protocol: header lines that end in CRLF, an empty line,
 * and a body of `Content-Length` bytes). Once a length is wrong every following byte is misread, and no message from
 * the client is understood any more: such a server should exit, so that it is restarted.
 */

/** Maximum length of a header and of a message, in bytes. */
const MAX_HEADER = 4096;
const MAX_BODY = 1024 * 1024 * 1024;
/** The reader skips a block of header lines without a length; this many in a row are not an accident. */
const MAX_LOST = 3;

const CR = 0x0d;
const LF = 0x0a;

export class FramingMonitor {
  private header = '';
  /** Number of bytes of the body still to come. */
  private body = 0;
  private lost = 0;

  /** Consumes the next bytes of the stream. False once the framing is broken for good. */
  push(bytes: Uint8Array): boolean {
    for (let at = 0; at < bytes.length; ) {
      if (this.body > 0) {
        const taken = Math.min(this.body, bytes.length - at);
        this.body -= taken;
        at += taken;
        continue;
      }
      const byte = bytes[at++] as number;
      // A header line ends in both; braces belong to a misplaced body.
      if (byte === LF && !this.header.endsWith('\r')) return false;
      if (byte !== CR && byte !== LF && (byte < 0x20 || byte > 0x7e || byte === 0x7b || byte === 0x7d)) return false;
      this.header += String.fromCharCode(byte);
      if (this.header.length > MAX_HEADER) return false;
      if (this.header.endsWith('\r\n\r\n') && !this.begin()) return false;
    }
    return true;
  }

  /** Parses a complete header. False if it has an invalid length, or none for the third time. */
  private begin(): boolean {
    const length = /^content-length[ \t]*:(.*)$/im.exec(this.header)?.[1]?.trim();
    this.header = '';
    if (length === undefined) return ++this.lost < MAX_LOST;
    this.lost = 0;
    this.body = Number(length);
    return /^\d+$/.test(length) && this.body <= MAX_BODY;
  }
}
