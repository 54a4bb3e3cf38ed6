import type { ObjectSetSpec } from './object-set.ts';
import type { AddressText, Bytes, Count, Generation, ObjectIndex } from './units.ts';

/**
 * `exact` = counted; `estimate` = rests on an assumption that `method` names; `evidence` = an indication, not a proof.
 */
export type Certainty = 'exact' | 'estimate' | 'evidence';

/** What a finding is about. Findings are listed in this order. */
export type FindingGroup = 'leak' | 'waste' | 'state';

/** A row of a finding's evidence. It opens its object or set, if it has one. */
export interface FindingEvidence {
  label: string;
  /** What the figures do not show, such as the class of the elements or a share; empty if nothing. */
  detail: string;
  objects: Count | null;
  bytes: Bytes | null;
  object: { index: ObjectIndex; address: AddressText } | null;
  set: ObjectSetSpec | null;
}

/** Bytes by generation, ascending. Generations without bytes are left out. */
export interface GenerationBytes {
  generations: Generation[];
  bytes: Bytes[];
}

/** A problem, or a fact worth knowing, about the dump as a whole (numbers.md#finding). */
export interface Finding {
  /** The kind that found it: `growing-container`. Kinds that find leaks have growing, suspect or leak in their name. */
  kind: string;
  /**
   * The kind and what the finding is about; the same in every answer about the snapshot under the same rule for edges.
   */
  id: string;
  group: FindingGroup;
  /** A few words, for the head of a card. */
  title: string;
  /** One sentence that names the holder by class or module. Text of the dump in it is plain text. */
  sentence: string;
  /** Upper bound of what could be saved, or the size of what the finding is about. */
  bytes: Bytes;
  objects: Count;
  certainty: Certainty;
  /** The objects to look at first; at most 20. */
  objectsShown: AddressText[];
  /** The figures that the finding is based on, by name. Shares are fractions. */
  figures: Record<string, number>;
  evidence: FindingEvidence[];
  /** The set to narrow by; null if there is none. */
  set: ObjectSetSpec | null;
  /** Null if it is not about growth. */
  byGeneration: GenerationBytes | null;
}

/** A threshold of a kind of finding that the user can adjust. */
export interface FindingThreshold {
  /** For example `suspect.share`; unique. */
  name: string;
  /** Its label: "smallest share of the heap". */
  label: string;
  unit: 'share' | 'count' | 'bytes' | 'generations';
  min: number;
  max: number;
  usual: number;
}

/** A kind of finding, as the page explains it. */
export interface FindingKindInfo {
  kind: string;
  group: FindingGroup;
  /** How it is computed; one to three sentences. */
  method: string;
  /** The paper or tool that the method is from. */
  reference: string;
  thresholds: readonly FindingThreshold[];
}

/** All findings of a heap, in order, and how they were found. */
export interface Findings {
  findings: Finding[];
  kinds: FindingKindInfo[];
}
