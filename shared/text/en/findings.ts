import { findingsOfDocument } from './findings-of-document.ts';
import { findingsOfProcess } from './findings-of-process.ts';
import { findingsOfRecord } from './findings-of-record.ts';

/** The sentence of each finding, by its key. */
export const findings = { ...findingsOfRecord, ...findingsOfProcess, ...findingsOfDocument };
