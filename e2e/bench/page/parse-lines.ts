/** Parses every line of a text in slices as JSON and keeps nothing. Lines that are not valid count as well. */
export class LineParser {
  records = 0;
  readonly #decoder = new TextDecoder();
  #rest = '';

  /** Decodes a slice and parses the lines that end in it. */
  take(slice: Uint8Array): void {
    const text = this.#rest + this.#decoder.decode(slice, { stream: true });
    let from = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
      this.#parse(text.slice(from, end));
      from = end + 1;
    }
    this.#rest = text.slice(from);
  }

  end(): void {
    if (this.#rest !== '') this.#parse(this.#rest);
  }

  #parse(line: string): void {
    this.records++;
    try {
      JSON.parse(line);
    } catch {
      // Real dumps have damaged lines; only the time matters here.
    }
  }
}
