import type { Count, Fraction } from '../units.ts';

/** Which part of a list is requested. */
export interface WindowParams {
  offset: Count;
  limit: Count;
}

/** How much of a tree is requested. */
export interface CutParams {
  maxNodes: Count;
  /** Nodes with a smaller share of the root's bytes go into a remainder. */
  minShare: Fraction;
  /**
   * Leaves out this many of the root's largest children: the `skip` of a remainder node, to show what that node
   * contains.
   */
  skip?: Count;
  /** Maximum number of levels below the root. */
  levels?: Count;
}

/** The parameters and the answer of each question, by its name. */
export type QuestionTypes<Types> = { [Name in keyof Types]: { params: object; answer: unknown } };

/** The rest of the declaration of each of these questions. */
export type Declarations<Types extends QuestionTypes<Types>> = {
  readonly [Name in keyof Types]: Declaration<Types[Name]['params']>;
};

interface Declaration<Params> {
  /** What the question is about: the members of a set in a snapshot, or the whole snapshot. */
  about: 'set' | 'snapshot';
  /** Upper limits of parameters. Larger numbers are reduced to them, and longer lists are cut. */
  limits: { readonly [Param in keyof Params]?: number };
  /** What an answer costs: n = objects, e = references, g = groups. */
  cost: string;
  /** Its parameter `filter` is in the filter language, and may need texts that are read from the file. */
  takesFilter?: true;
}

/** The usual limits of rows and of nodes. */
export const ROWS = 1000;
export const NODES = 10_000;
