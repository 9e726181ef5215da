/** Something a person can do here. With `run` the palette offers it; with `keys` the list of keys shows it. */
export interface PaletteCommand {
  title: string;
  /** Under which heading it stands. */
  group: string;
  /** Each a key or what is pressed together: `x`, `Ctrl+Z`. */
  keys?: readonly string[];
  run?: () => void;
}

/** Runs something of the palette or shows the keys, over whatever screen is open. */
class Commands {
  shown = $state<'palette' | 'keys' | null>(null);
  #offers = $state.raw<readonly (() => readonly PaletteCommand[])[]>([]);
  readonly all: readonly PaletteCommand[] = $derived(this.#offers.flatMap((offer) => offer()));

  /** Offers commands, before those of what was there already, until the answered function is called; for `onMount`. */
  offer(commands: () => readonly PaletteCommand[]): () => void {
    this.#offers = [commands, ...this.#offers];
    return () => {
      this.#offers = this.#offers.filter((other) => other !== commands);
    };
  }
}

export const paletteCommands = new Commands();
