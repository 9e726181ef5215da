/** The assignment of a next action. `to` null: nobody; `due`: `YYYY-MM-DD`, null: no day. */
export interface Assignment {
  to: string | null;
  what: string | null;
  due: string | null;
}
