import type { DamageLog } from '../reading/damage-log.ts';
import { decimalBytes } from '../reading/quantities.ts';
import {
  emptyReport,
  type Grouping,
  type Measure,
  type MemoryReport,
  type Section,
  type Side,
  type StringRow,
} from './sections.ts';

/** `Total allocated: 764844 bytes (9594 objects)`, `Total: 3.34 MB (22391 objects)`, `Total allocated 82375`. */
const TOTAL =
  /^Total(?: (allocated|retained))?:? +([\d.]+(?: [kKMGTP]?B)?)(?: bytes)?(?: \((\d+) objects\))?\s*$/;
const TITLE = /^(?:(allocated|retained) )?(memory|objects) by (gem|file|location|class)\s*$/;
const STRINGS = /^(?:(Allocated|Retained) )?String Report\s*$/;
const ROW = /^\s*(\d[\d.]*(?: [kKMGTP]?B)?) {2}(.*)$/;
const STRING_ROW = /^\s*(?:(\d[\d.]*(?: [kKMGTP]?B)) +)?(\d+) {2}(".*)$/;
/** The oldest versions: `rack-1.5.2 x 6491`. */
const OLD_ROW = /^(\S.*) x (\d+)\s*$/;
/** Prefixes before a report: comment signs, quotes, and what Ruby's Logger writes before the first line of a text. */
const QUOTED = /^(?:(?:#|>) ?|[DIWEFA], \[[^\]]*\] +[A-Z]+ -- [^:]*: )/;

/** Whether a line is the first line of a report. */
export function isTotal(line: string): boolean {
  const total = TOTAL.exec(line.replace(QUOTED, ''));
  // "Total: 19163688 B" without more is printed by pprof.
  return total !== null && (total[1] !== undefined || total[3] !== undefined);
}

/** Whether a line is the title of a table. */
export function isTitle(line: string): boolean {
  return TITLE.test(line.replace(QUOTED, ''));
}

/** Reads reports line by line: a file may contain several, with any text before, between and after them. */
export class ReportText {
  readonly reports: MemoryReport[] = [];
  /** Number of tables whose values are counts of objects in spite of their titles, as the oldest versions wrote. */
  oldCounts = false;
  /** Rows omitted by the person who quoted the report ("..."). */
  ellipses = 0;
  readonly #damage: DamageLog;
  #section: Section | null = null;
  #strings: Side | null = null;
  #string: StringRow | null = null;

  constructor(damage: DamageLog) {
    this.#damage = damage;
  }

  line(raw: string, number: number): void {
    const line = raw.replace(QUOTED, '');
    if (line.trim() === '') {
      this.#string = null;
      return;
    }
    if (this.#heading(line)) return;
    if (/^-{10,}$/.test(line) || /^\s*NO DATA\s*$/.test(line)) return;
    if (/^\s*\.{3}\s*$/.test(line)) this.ellipses++;
    else if (this.#strings !== null) this.#stringLine(this.#strings, line, number);
    else if (this.#section !== null) this.#row(this.#section, line, number);
  }

  #current(): MemoryReport {
    if (this.reports.length === 0) this.reports.push(emptyReport());
    return this.reports.at(-1)!;
  }

  #heading(line: string): boolean {
    const total = TOTAL.exec(line);
    if (total !== null) {
      this.#total((total[1] ?? 'live') as Side, total[2]!, total[3]);
      return true;
    }
    const title = TITLE.exec(line);
    if (title !== null) {
      const side = (title[1] ?? 'live') as Side;
      this.#section = { side, measure: title[2] as Measure, grouping: title[3] as Grouping, rows: [] };
      this.#current().sections.push(this.#section);
      this.#strings = null;
      return true;
    }
    const strings = STRINGS.exec(line);
    if (strings !== null || /^Shape Edges Report\s*$/.test(line) || line.startsWith('```')) {
      this.#section = null;
      this.#strings = strings === null ? null : ((strings[1]?.toLowerCase() ?? 'live') as Side);
      return true;
    }
    return false;
  }

  #total(side: Side, amount: string, objects: string | undefined): void {
    const known = this.reports.at(-1)?.totals[side];
    const again = known !== undefined && !(Number.isNaN(known.bytes) && Number.isNaN(known.objects));
    // In the first report, tables may precede the first total.
    if (this.reports.length === 0 || again || (side === 'allocated' && this.#current().sections.length > 0)) {
      this.reports.push(emptyReport());
    }
    this.#section = null;
    this.#strings = null;
    const totals = this.#current().totals[side];
    if (objects === undefined && !amount.includes(' ')) {
      // "Total allocated 82375": old versions counted objects, not bytes.
      totals.objects = Number(amount);
      return;
    }
    totals.bytes = this.#size(amount);
    if (objects !== undefined) totals.objects = Number(objects);
  }

  #size(text: string): number {
    if (text.includes(' ') && !text.endsWith(' B')) this.#current().scaled = true;
    return decimalBytes(text);
  }

  #row(section: Section, line: string, number: number): void {
    const row = ROW.exec(line);
    if (row !== null) {
      section.rows.push({ label: row[2]!, value: this.#size(row[1]!) });
      return;
    }
    const old = OLD_ROW.exec(line);
    if (old === null) {
      this.#damage.add(number, line, 'not a row of a table: a number, two spaces and a name');
      return;
    }
    this.oldCounts = true;
    section.measure = 'objects';
    section.rows.push({ label: old[1]!, value: Number(old[2]) });
  }

  #stringLine(side: Side, line: string, number: number): void {
    const start = STRING_ROW.exec(line);
    if (start !== null) {
      const bytes = start[1] === undefined ? null : decimalBytes(start[1]);
      this.#string = { side, text: start[3]!, objects: Number(start[2]), bytes, locations: [] };
      this.#current().strings.push(this.#string);
      return;
    }
    const location = ROW.exec(line);
    if (this.#string !== null && location !== null) {
      this.#string.locations.push({ label: location[2]!, objects: Number(location[1]) });
    } else {
      this.#damage.add(number, line, 'neither a string nor a place where one was made');
    }
  }
}
