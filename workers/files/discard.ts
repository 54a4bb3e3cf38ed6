/**
 * Gives the memory of buffers back at once: it sends them to nobody. Neither `ArrayBuffer.transfer` nor waiting does
 * that for a buffer that came by message. The message's event shares its memory until garbage is collected, and
 * what was transferred by the engine alone gives the browser no reason to collect any: a gigabyte piles up.
 */
export class Discarder {
  readonly #port: MessagePort;

  constructor() {
    const { port1, port2 } = new MessageChannel();
    port2.close();
    this.#port = port1;
  }

  discard(buffer: ArrayBuffer): void {
    this.#port.postMessage(null, [buffer]);
  }
}
