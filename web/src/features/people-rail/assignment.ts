/** A next action as it is handed over. `to` null: to nobody; `due`: `YYYY-MM-DD`, null: no day. */
export interface Assignment {
  to: string | null;
  what: string | null;
  due: string | null;
}
