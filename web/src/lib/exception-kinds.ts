import type { ExceptionKind } from '#shared/contract/exception.ts';
import { m } from '#lib/paraglide/messages.js';

/** The label of each kind of exception, in the order of the menu. */
export const exceptionKinds: Record<ExceptionKind, () => string> = {
  missingData: m.record_exception_missing_data,
  format: m.record_exception_format,
  approvalGap: m.record_exception_approval_gap,
  contradiction: m.record_exception_contradiction,
  validation: m.record_exception_validation,
  signing: m.record_exception_signing,
  delivery: m.record_exception_delivery,
  other: m.record_exception_other,
};
