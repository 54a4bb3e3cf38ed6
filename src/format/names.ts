export * from '../../workers/protocol/format/names.ts';
