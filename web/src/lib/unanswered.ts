/** What was asked and has no answer yet, by what it is asked of. */
const unanswered = new Map<string, { content: string; operation: string }>();

/**
 * The operation id of a write. Asking the same of the same target again, while it is not known whether it was done,
 * is the same operation; asking something else is another one.
 */
export function operationFor(target: string, content: string): string {
  const last = unanswered.get(target);
  if (last?.content === content) return last.operation;
  const operation = crypto.randomUUID();
  unanswered.set(target, { content, operation });
  return operation;
}

/** The server answered: whoever asks the same again wants it once more. */
export function answered(target: string, operation: string): void {
  if (unanswered.get(target)?.operation === operation) unanswered.delete(target);
}
