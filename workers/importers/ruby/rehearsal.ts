/** Records of every common type, as Ruby writes them with and without shapes; `@` and `#` stand for addresses. */
const TEMPLATES: readonly string[] = [
  '{"address":"@", "type":"STRING", "class":"#", "bytesize":26, "capacity":40, "value":"a value with \\"quotes\\" in it, long enough not to be embedded", "encoding":"UTF-8", "file":"/srv/app/vendor/gems/rehearsal-1.0.0/lib/rehearsal/strings.rb", "line":12, "method":"call", "generation":7, "memsize":67, "flags":{"wb_protected":true, "old":true, "uncollectible":true, "marked":true}}',
  '{"address":"@", "type":"ARRAY", "class":"#", "length":3, "embedded":true, "references":["#", "#", "#"], "file":"/srv/app/models/order.rb", "line":40, "method":"lines", "generation":9, "memsize":40, "flags":{"wb_protected":true}}',
  '{"address":"@", "type":"HASH", "class":"#", "size":2, "references":["#", "#"], "memsize":192, "flags":{"wb_protected":true, "old":true, "uncollectible":true, "marked":true}}',
  '{"address":"@", "type":"OBJECT", "class":"#", "ivars":3, "references":["#", "#"], "file":"/srv/app/models/order.rb", "line":7, "method":"new", "generation":11, "memsize":40, "flags":{"wb_protected":true}}',
  '{"address":"@", "type":"IMEMO", "class":"#", "imemo_type":"ment", "references":["#", "#"], "memsize":48, "flags":{"wb_protected":true, "old":true, "uncollectible":true, "marked":true}}',
  '{"address":"@", "type":"DATA", "class":"#", "struct":"proc", "references":["#"], "memsize":104, "flags":{}}',
  '{"address":"@", "type":"STRING", "shape_id":0, "slot_size":40, "class":"#", "embedded":true, "bytesize":5, "value":"short", "encoding":"UTF-8", "coderange":"7bit", "file":"/srv/app/lib/tasks.rb", "line":3, "generation":12, "memsize":40, "flags":{"wb_protected":true, "age":3, "old":true}}',
  '{"address":"@", "type":"OBJECT", "shape_id":7, "slot_size":80, "class":"#", "embedded":true, "ivars":2, "references":["#", "#"], "memsize":80, "flags":{"wb_protected":true, "age":1}}',
  '{"address":"@", "type":"STRUCT", "class":"#", "references":["#", "#"], "memsize":40, "flags":{"wb_protected":true}}',
  '{"address":"@", "type":"CLASS", "class":"#", "name":"Rehearsal", "superclass":"#", "references":["#", "#"], "memsize":900, "flags":{"wb_protected":true, "old":true}}',
];

const FIRST_ADDRESS = 0x7f3a_2000_0000;
const SLOT_BYTES = 40;
/** How far references reach, as a number of objects. */
const REACH = 400;

/**
 * A synthetic dump for running the engine before a real one arrives, so that the browser has already compiled the
 * code that would otherwise slow down the first seconds of a load. The result is discarded.
 */
export function rehearsalDump(objects: number): Uint8Array<ArrayBuffer> {
  const lines = [`{"type":"ROOT", "root":"vm", "references":["${addressText(0)}"]}`];
  for (let object = 0; object < objects; object++) {
    // Any distribution will do; this one is deterministic.
    let step = object;
    const other = () => {
      step = (step * 75 + 74) % 65537;
      return addressText((object + 1 + (step % REACH)) % objects);
    };
    const template = TEMPLATES[(object * 7 + (object >> 4)) % TEMPLATES.length]!;
    lines.push(template.replace('@', addressText(object)).replaceAll('#', other));
  }
  return new TextEncoder().encode(`${lines.join('\n')}\n`) as Uint8Array<ArrayBuffer>;
}

function addressText(object: number): string {
  return `0x${(FIRST_ADDRESS + object * SLOT_BYTES).toString(16)}`;
}
