export type ThemeChoice = 'system' | 'light' | 'dark';

/** Light, dark, or as the system has it; remembered in this browser. `app.html` applies it before the first paint. */
class Theme {
  choice = $state<ThemeChoice>('system');

  constructor() {
    if (typeof document !== 'undefined') {
      this.choice = (document.documentElement.dataset['theme'] as ThemeChoice | undefined) ?? 'system';
    }
  }

  choose(choice: ThemeChoice): void {
    this.choice = choice;
    const { dataset } = document.documentElement;
    if (choice === 'system') delete dataset['theme'];
    else dataset['theme'] = choice;
    try {
      if (choice === 'system') localStorage.removeItem('theme');
      else localStorage.setItem('theme', choice);
    } catch {
      // A browser that keeps nothing has the theme for as long as the page is open.
    }
  }
}

export const theme = new Theme();
