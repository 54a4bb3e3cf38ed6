import { addressText, readObjectReference } from '../../workers/protocol/object-reference.ts';
import type { GroupingKey, ObjectSetSpec } from '../../workers/protocol/object-set.ts';
import { addChip, type Chip, chipFor, invertChip, OPEN_END } from './chips.ts';
import { GROUPING_KEYS } from './navigation.ts';

/** What the text of the filter means, or what is wrong with it, in words for the user. */
export type ParsedFilter = { ok: true; chips: Chip[] } | { ok: false; message: string };

/**
 * Reads the filter's language: words separated by spaces, all of which must hold.
 *
 *     word  "two words"             label, site or method contains it, or the object that it names: 0x7f2a40000198
 *     #<Order:0x00007f2a40000198 …>  the object, as a console prints it; alone in the filter
 *     id:80                         the object with this object_id
 *     class:User  type:STRING       the group of a key: class, type, gem, file, site, method
 *     gen:47  gen:40..52  gen:40..  generations; gen:untraced
 *     is:unreachable                or is:reachable, is:untraced
 *     -class:User                   the complement of a term
 */
export function parseFilter(text: string): ParsedFilter {
  // What `inspect` prints has spaces and quotes of its own.
  const inspected = text.trimStart().startsWith('#<') ? readObjectReference(text) : null;
  if (inspected?.kind === 'address') {
    return { ok: true, chips: [chipFor({ kind: 'text', text: addressText(inspected.address) })] };
  }
  let chips: Chip[] = [];
  for (const word of splitWords(text)) {
    if (word.unclosed)
      return { ok: false, message: `The quote before ${word.text || 'the end'} is not closed.` };
    const parsed = parseTerm(word.text);
    if (typeof parsed === 'string') return { ok: false, message: parsed };
    const chip = chipFor(parsed);
    chips = addChip(chips, word.negated ? invertChip(chip) : chip);
  }
  return { ok: true, chips };
}

interface Word {
  text: string;
  negated: boolean;
  unclosed: boolean;
}

/** Splits at spaces outside quotes; quotes are taken off, a leading minus negates. */
function splitWords(text: string): Word[] {
  const words: Word[] = [];
  let current = '';
  let quoted = false;
  let began = false;
  let negated = false;
  const end = (unclosed: boolean) => {
    if (began && (current !== '' || unclosed)) words.push({ text: current, negated, unclosed });
    current = '';
    began = false;
    negated = false;
  };
  for (const character of text) {
    if (character === '"') {
      quoted = !quoted;
      began = true;
    } else if (!quoted && /\s/.test(character)) {
      end(false);
    } else if (!began && character === '-') {
      began = true;
      negated = true;
    } else {
      began = true;
      current += character;
    }
  }
  end(quoted);
  return words;
}

const IS_TERMS: Readonly<Record<string, ObjectSetSpec>> = {
  reachable: { kind: 'reachability', reachable: true },
  unreachable: { kind: 'reachability', reachable: false },
  untraced: { kind: 'untraced' },
};

/** A set, or a message of what is wrong. */
function parseTerm(term: string): ObjectSetSpec | string {
  const id = /^(?:object_)?id:(.*)$/s.exec(term);
  if (id !== null) {
    const isId = readObjectReference(term)?.kind === 'id';
    return isId ? { kind: 'text', text: `id:${id[1]}` } : 'id: needs an object id, such as id:80.';
  }
  // A class label holds "::" itself, an address or a path no key before its colon.
  const match = /^([a-z]+):(?!:)(.*)$/s.exec(term);
  if (match === null) return { kind: 'text', text: term };
  const [, key = '', value = ''] = match;
  if (key === 'gen' || key === 'generation') return parseGenerations(value);
  if (key === 'is')
    return IS_TERMS[value] ?? `is:${value} is not known. Try is:reachable, is:unreachable or is:untraced.`;
  if (!isGroupingKey(key)) {
    return `There is no term ${key}:. Try class:, type:, gem:, file:, site:, method:, gen:, id: or is:, or put the text in quotes.`;
  }
  if (value === '') return `${key}: needs a value, such as ${EXAMPLES[key]}.`;
  return { kind: 'group', key, label: key === 'type' ? value.toUpperCase() : value };
}

const EXAMPLES: Readonly<Record<GroupingKey, string>> = {
  class: 'class:User',
  type: 'type:STRING',
  gem: 'gem:rack-2.2.6',
  file: 'file:app/models/user.rb',
  site: 'site:app/models/user.rb:12',
  method: 'method:call',
  superclass: 'superclass:ApplicationRecord',
  namespace: 'namespace:ActiveRecord',
  directory: 'directory:/srv/app/models',
  age: 'age:0',
  generation: 'gen:47',
};

function parseGenerations(value: string): ObjectSetSpec | string {
  if (value === 'untraced') return { kind: 'untraced' };
  const match = /^(\d{0,10})(?:(\.\.|-)(\d{0,10}))?$/.exec(value);
  const [, fromText = '', range, toText = ''] = match ?? [];
  if (match === null || (fromText === '' && toText === '')) {
    return `gen:${value} is no range of generations. Try gen:47, gen:40..52, gen:40.. or gen:untraced.`;
  }
  const from = fromText === '' ? 0 : Number(fromText);
  const to = range === undefined ? from : toText === '' ? OPEN_END : Number(toText);
  if (from > to) return `gen:${value} runs backwards: write gen:${to}..${from}.`;
  return { kind: 'generations', from, to };
}

function isGroupingKey(key: string): key is GroupingKey {
  return (GROUPING_KEYS as readonly string[]).includes(key);
}
