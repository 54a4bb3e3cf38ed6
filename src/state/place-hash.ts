import { parseFilter } from '../../workers/protocol/filter/parse-filter.ts';
import { type ProfileScope, WHOLE_FILE } from '../../workers/protocol/profile-questions.ts';
import type { AddressText } from '../../workers/protocol/units.ts';
import { type Chip, chipOfFilter, chipText, nameOfChip } from './chips.ts';
import { isAddress } from './links/is-address.ts';
import { readView, viewParameters } from './links/view-parameters.ts';
import type { View } from './navigation.ts';
import { MAX_NAME, parseChip, writeChip } from './set-codec.ts';
import { VIEWS } from './view-list.ts';

/**
 * The contents of a link: enough to show the same view once the same dump is open. A link contains nothing from a dump
 * except the labels in its filters, the dump's file name, and its totals.
 */
export interface LinkedPlace {
  view: View;
  chips: Chip[];
  /**
   * The scope of all views of a profile. Its comparison is in {@link against} as a name, since ids are valid only
   * during this visit.
   */
  scope: ProfileScope;
  /** The file name of the profile that this one is compared with. */
  against: string | null;
  address: AddressText | null;
  /** The file name of the dump that the link is about; null if the link has none. */
  dump: string | null;
  /**
   * The number of objects in that dump, and their bytes, as {@link totalsOf} writes them: another dump may have the
   * same name.
   */
  totals: string | null;
  /**
   * Served dumps as addresses relative to the page, the active one first: they can be opened without asking the user.
   */
  served: string[];
}

/**
 * The hash of a place: `#/classes?key=gem&only=class:Review+gen:50..70&object=0x7f…&dump=heap.json`. Each `only` is a
 * filter; a `name` belongs to the filter before it; `set` is a set that the filter language cannot express. Defaults
 * are omitted.
 */
export function writeHash(place: LinkedPlace): string {
  const parameters = Object.entries(viewParameters(place.view));
  for (const chip of place.chips) {
    const text = chipText(chip);
    if (text === null || text === '') {
      parameters.push(['set', writeChip(chip)]);
      continue;
    }
    parameters.push(['only', text]);
    const name = nameOfChip(chip);
    if (name !== null) parameters.push(['name', name]);
  }
  const { rows, filter, allocators } = place.scope;
  if (rows !== null) parameters.push(['rows', `${rows.from}..${rows.to}`]);
  if (filter !== '') parameters.push(['stacks', filter]);
  if (allocators) parameters.push(['allocators', 'true']);
  if (place.against !== null) parameters.push(['against', place.against]);
  if (place.address !== null) parameters.push(['object', place.address]);
  if (place.served.length > 0)
    parameters.push(...place.served.map(link => ['dump', link] as [string, string]));
  else if (place.dump !== null) parameters.push(['dump', place.dump]);
  if (place.totals !== null) parameters.push(['totals', place.totals]);
  const query = parameters.map(([name, value]) => `${name}=${encodeValue(value)}`).join('&');
  return `#/${place.view.kind}${query === '' ? '' : `?${query}`}`;
}

/** Escapes only characters that would end the value or that browsers escape in addresses, to keep links readable. */
function encodeValue(value: string): string {
  const escaped = encodeURIComponent(value.toWellFormed());
  return escaped.replaceAll('%20', '+').replace(/%(3A|2F|2C|3B|40|24|3D|3F|5B|5D)/g, decodeURIComponent);
}

const TOTALS = /^\d{1,15}-\d{1,15}$/;
/**
 * Maximum number of chips read from a link. Each chip costs a question and an element, and a link could hold thousands.
 */
const MAX_CHIPS = 50;
/** Maximum number of dumps opened from a link. */
const MAX_SERVED = 20;
/** Maximum length of a filter in a link. */
const MAX_FILTER = 10_000;

/**
 * How many filters of a link {@link readHash} ignores: those that it does not understand, and those beyond the
 * fiftieth.
 */
export function unusableFilterCount(hash: string): number {
  const all = parametersOf(hash);
  return all.getAll('set').length + all.getAll('only').length - readHash(hash).chips.length;
}

/** Reads a hash. Missing or invalid parts have their default values. */
export function readHash(hash: string): LinkedPlace {
  const [path = ''] = hash.replace(/^#\/?/, '').split('?');
  const parameters = parametersOf(hash);
  const kind = VIEWS.find(view => view.kind === path)?.kind ?? 'overview';
  const address = parameters.get('object');
  const totals = parameters.get('totals');
  return {
    view: readView(kind, parameters),
    chips: readChips(parameters),
    scope: readScope(parameters),
    against: parameters.get('against')?.slice(0, MAX_NAME) || null,
    address: address !== null && isAddress(address) ? address : null,
    dump:
      parameters
        .getAll('dump')
        .find(name => !isServed(name))
        ?.slice(0, MAX_NAME) || null,
    totals: totals !== null && TOTALS.test(totals) ? totals : null,
    served: parameters.getAll('dump').filter(isServed).slice(0, MAX_SERVED),
  };
}

/** The totals in links, which distinguish heap dumps of the same name. */
export function totalsOf({ objects, shallowBytes }: { objects: number; shallowBytes: number }): string {
  return `${objects}-${shallowBytes}`;
}

/** Whether a link's dump is an address rather than a file name, which has no slash. */
function isServed(dump: string): boolean {
  return dump.includes('/');
}

function readScope(parameters: URLSearchParams): ProfileScope {
  const [, from, to] = /^(\d{1,9})\.\.(\d{1,9})$/.exec(parameters.get('rows') ?? '') ?? [];
  const rows = from === undefined || to === undefined ? null : { from: Number(from), to: Number(to) };
  const filter = parameters.get('stacks') ?? '';
  const allocators = parameters.get('allocators') === 'true';
  return { ...WHOLE_FILE, rows, filter: filter.length > MAX_FILTER ? '' : filter, allocators };
}

function readChips(parameters: URLSearchParams): Chip[] {
  const chips: Chip[] = [];
  let filters = 0;
  /** Whether the last filter was accepted, so that the next name belongs to it. */
  let nameable = false;
  for (const [parameter, value] of parameters) {
    if (parameter === 'only' || parameter === 'set') {
      filters += 1;
      if (filters > MAX_CHIPS) break;
      const chip = parameter === 'set' ? parseChip(value) : readFilter(value);
      nameable = parameter === 'only' && chip !== null;
      if (chip !== null) chips.push(chip);
    } else if (parameter === 'name' && nameable && value !== '') {
      chips.push({ spec: chips.pop()!.spec, label: value.slice(0, MAX_NAME) });
    }
  }
  return chips;
}

function readFilter(text: string): Chip | null {
  if (text.length > MAX_FILTER) return null;
  const parsed = parseFilter(text);
  return parsed.ok && parsed.filter.kind !== 'everything' ? chipOfFilter(parsed.filter) : null;
}

function parametersOf(hash: string): URLSearchParams {
  // The short form, for links written by hand: #dump=./dumps/web-1.json.gz
  if (hash.startsWith('#dump=')) return new URLSearchParams(hash.slice(1));
  const at = hash.indexOf('?');
  return new URLSearchParams(at < 0 ? '' : hash.slice(at + 1));
}
