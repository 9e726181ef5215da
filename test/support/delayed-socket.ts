import { WebSocket, type MessageEvent } from 'ws';

/** Delay of each frame; frames of one direction keep their order. */
export type Latency = () => number;

/** A socket with a cookie, over a connection with the delay `latency`. */
export function delayedSocket(cookie: string, latency: Latency) {
  return class extends WebSocket {
    #out = Promise.resolve();
    #in = Promise.resolve();

    constructor(address: string | URL) {
      super(address, { headers: { cookie } });
      Object.defineProperty(this, 'onmessage', {
        set: (take: Take | null) => {
          if (take) this.addEventListener('message', this.#later(take));
        },
      });
    }

    override send(data: Uint8Array): void {
      this.#out = this.#out.then(wait(latency())).then(() => {
        if (this.readyState === this.OPEN) super.send(data);
      });
    }

    #later(take: Take): Take {
      return (event) => {
        this.#in = this.#in.then(wait(latency())).then(() => {
          if (this.readyState === this.OPEN) take(event);
        });
      };
    }
  };
}

type Take = (event: MessageEvent) => void;

const wait = (milliseconds: number) => () => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));
