export * from '../../workers/protocol/format/bytes.ts';
