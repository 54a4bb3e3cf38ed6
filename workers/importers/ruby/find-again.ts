import type { ObjectRow } from '../../protocol/rows.ts';

/** The full name of a constant, as it can be written in code. */
const CONSTANT = /^[A-Z]\w*(::[A-Z]\w*)*$/;
/** Up to Ruby 2.6, an object's id is its address divided by two. */
const IDS_ARE_ADDRESSES = /^2\.[1-6]/;
/** Longer texts are not searched for: they would fill the page. */
const MAX_TEXT = 100;

/**
 * Ruby code that finds an object again in the dumped process, as long as that runs and the object was not moved:
 * classes by name, other objects by address, which `Kernel#to_s` prints. Null if Ruby gives no access, as for
 * internal objects. `text`: that of a string, if the dump contains it.
 */
export function findAgain(object: ObjectRow, text: string | null, runtimeVersion: string): string | null {
  const { address, label, title, type, isNamed } = object;
  if (isNamed && CONSTANT.test(title)) return title;
  // The program cannot refer to these, and `each_object` leaves them out.
  if (['IMEMO', 'ICLASS', 'NODE', 'ZOMBIE'].includes(type) || label.startsWith('(internal) ')) return null;
  if (IDS_ARE_ADDRESSES.test(runtimeVersion)) return `ObjectSpace._id2ref(${address} >> 1)`;
  const among = CONSTANT.test(label) ? `(${label})` : '';
  const lines = [
    'to_s = Kernel.instance_method(:to_s)',
    `ObjectSpace.each_object${among}.find { |o| to_s.bind_call(o)[/:0x0*(\\h+)>\\z/, 1] == "${address.slice(2)}" }`,
  ];
  if (text !== null && text !== '' && text.length <= MAX_TEXT && type === 'STRING') {
    lines.push('# or any with this text, in another process, too:');
    lines.push(`ObjectSpace.each_object(String).find { |o| o == ${rubyString(text)} }`);
  }
  return lines.join('\n');
}

/** A text as a Ruby literal. Escapes of JSON are valid in Ruby; `#` is escaped so that nothing is interpolated. */
function rubyString(text: string): string {
  return JSON.stringify(text).replaceAll('#', '\\#');
}
