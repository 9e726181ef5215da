/** Writes without an answer, by their target. */
const unanswered = new Map<string, { content: string; operation: string }>();

/**
 * The operation id of a write. Sending the same content to the same target again, while its outcome is unknown, is the
 * same operation; other content is another one.
 */
export function operationFor(target: string, content: string): string {
  const last = unanswered.get(target);
  if (last?.content === content) return last.operation;
  const operation = crypto.randomUUID();
  unanswered.set(target, { content, operation });
  return operation;
}

/** The server answered: the same content sent again is a new operation. */
export function answered(target: string, operation: string): void {
  if (unanswered.get(target)?.operation === operation) unanswered.delete(target);
}
