/**
 * Frees the memory of buffers at once by sending them to a closed port. Neither `ArrayBuffer.transfer` nor waiting
 * does that for a buffer that was received in a message: the message's event shares its memory until garbage is
 * collected, and transferred memory alone gives the browser no reason to collect garbage, so a gigabyte accumulates.
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
