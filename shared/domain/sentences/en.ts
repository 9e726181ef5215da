import { aboutDocument } from './en-document.ts';
import { aboutProcess } from './en-process.ts';
import { aboutRecord } from './en-record.ts';

/** What each finding says in English, by message key. */
export const en = { ...aboutRecord, ...aboutProcess, ...aboutDocument };

export type SentenceKey = keyof typeof en;
