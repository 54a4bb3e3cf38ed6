import { Feature, Field } from '../record-codes';
import { allocate } from './memory';

/** The length of a record that has none. */
export const NO_LENGTH: u32 = 0xffffffff;

/** The fields of the record being read: `Field.count` words, and `memsize` after them. */
export let fields: usize = 0;
const MEMSIZE_AT: usize = <usize>Field.count << 2;
const FIELDS_BYTES: usize = 112;
/** `memsize` of a record that has none. */
export const NO_MEMSIZE: u64 = 0xffffffffffffffff;

/** Bits of `Feature`: what was found that reveals the version of Ruby. */
export let features: u32 = 0;
/** Slot size → whether it occurs; sizes over 1 KiB share index 0. */
export let slotSizes: usize = 0;
const LARGEST_SLOT: u32 = 1024;

export function setUpState(): void {
  fields = allocate(FIELDS_BYTES);
  slotSizes = allocate(LARGEST_SLOT + 1);
}

export function clearFields(): void {
  const zero = i32x4.splat(0);
  v128.store(fields, zero);
  v128.store(fields, zero, 16);
  v128.store(fields, zero, 32);
  v128.store(fields, zero, 48);
  v128.store(fields, zero, 64);
  v128.store(fields, zero, 80);
  v128.store(fields, zero, 96);
  setField(Field.contentLength, NO_LENGTH);
  store<u64>(fields, NO_MEMSIZE, MEMSIZE_AT);
}

@inline
export function field(which: Field): u32 {
  return load<u32>(fields + (<usize>which << 2));
}

@inline
export function setField(which: Field, value: u32): void {
  store<u32>(fields + (<usize>which << 2), value);
}

@inline
export function addFlags(flags: u32): void {
  setField(Field.flags, field(Field.flags) | flags);
}

@inline
export function memsize(): u64 {
  return load<u64>(fields, MEMSIZE_AT);
}

@inline
export function setMemsize(bytes: u64): void {
  store<u64>(fields, bytes, MEMSIZE_AT);
}

@inline
export function noteFeature(feature: Feature): void {
  features |= feature;
}

@inline
export function noteSlotSize(bytes: u64): void {
  store<u8>(slotSizes + (bytes <= LARGEST_SLOT ? <usize>bytes : 0), 1);
}
