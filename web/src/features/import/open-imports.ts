/** An unfinished import, kept in this tab across a reload. */
export interface OpenImport {
  id: string;
  file: string;
}

const keyOf = (person: string, scope: string) => `imports ${person} ${scope}`;

/** Newest first. Empty where this browser stores nothing. */
export function openImports(person: string, scope: string): OpenImport[] {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(keyOf(person, scope)) ?? '[]');
    return Array.isArray(kept) ? (kept as OpenImport[]) : [];
  } catch {
    return [];
  }
}

export function saveOpenImports(person: string, scope: string, imports: readonly OpenImport[]): void {
  try {
    if (imports.length === 0) sessionStorage.removeItem(keyOf(person, scope));
    else sessionStorage.setItem(keyOf(person, scope), JSON.stringify(imports));
  } catch {
    // Without storage they last as long as the page.
  }
}
