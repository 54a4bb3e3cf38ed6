import { describe } from 'vitest';
import { Fuzzer, loadBases } from './fuzz.ts';
import { SEEDS, testSeeds } from './seeds.ts';

describe('more mutated dumps', () => testSeeds(new Fuzzer(loadBases()), SEEDS / 2, SEEDS));
