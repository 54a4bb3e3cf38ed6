// The text between the values of a record, as little-endian words: it is compared eight bytes at a time. An _END is the
// rest of the text before it, or its last bytes, which may overlap. record-scanner.test.ts checks the words against
// these comments.

/** `{"addres` */
export const HEAD: u64 = 0x736572646461227b;
/** `ss":` */
export const HEAD_END: u32 = 0x3a227373;
/** `, "type"` */
export const TYPE: u64 = 0x226570797422202c;
/** `:"` */
export const TYPE_END: u32 = 0x223a;
/** `, "class` */
export const CLASS: u64 = 0x7373616c6322202c;
/** `":` */
export const CLASS_END: u32 = 0x3a22;
/** `, "shape` */
export const SHAPE: u64 = 0x657061687322202c;
/** `ape_id":` */
export const SHAPE_END: u64 = 0x3a2264695f657061;
/** `, "slot_` */
export const SLOT: u64 = 0x5f746f6c7322202c;
/** `t_size":` */
export const SLOT_END: u64 = 0x3a22657a69735f74;
/** `, "line"` */
export const LINE: u64 = 0x22656e696c22202c;
/** `, "metho` */
export const METHOD: u64 = 0x6f6874656d22202c;
/** `od":` */
export const METHOD_END: u32 = 0x3a22646f;
/** `, "gener` */
export const GENERATION: u64 = 0x72656e656722202c;
/** `ration":` */
export const GENERATION_END: u64 = 0x3a226e6f69746172;
/** `, "memsi` */
export const MEMSIZE: u64 = 0x69736d656d22202c;
/** `ze":` */
export const MEMSIZE_END: u32 = 0x3a22657a;
/** `, "flags` */
export const FLAGS: u64 = 0x7367616c6622202c;
/** `":` */
export const FLAGS_END: u32 = 0x3a22;
/** `"UTF-8"` */
export const UTF8: u64 = 0x22382d46545522;
/** `"IVAR"` */
export const SHAPE_IVAR: u64 = 0x225241564922;
/** `"INITIAL` */
export const SHAPE_INITIAL: u64 = 0x4c414954494e4922;
