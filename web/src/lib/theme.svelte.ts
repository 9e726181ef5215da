export type ThemeChoice = 'system' | 'light' | 'dark';

/** Light, dark or the system setting; stored in this browser. `app.html` applies it before the first paint. */
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
      // Without storage the theme lasts as long as the page.
    }
  }
}

export const theme = new Theme();
