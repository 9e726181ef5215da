import type { Icon } from './icon.ts';

/** One line of a menu. */
export interface MenuItem {
  label: string;
  icon?: Icon;
  /** A second, quiet line. */
  note?: string;
  tone?: 'open' | 'shut';
  disabled?: boolean;
  href?: string;
  onselect?: () => void;
  /** One of several choices: whether it is the present one. */
  chosen?: boolean;
  /** Opens a new part of the menu, under this heading where it is not empty. */
  part?: string;
}
