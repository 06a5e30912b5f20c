// Boundaries for what is not there yet, and for what fails.

import { Component, type ComponentChildren } from "preact";
import type { Html } from "../../shared/html.js";
import type { Pending } from "./pending.js";

interface SuspenseProps {
  readonly fallback?: ComponentChildren;
  readonly error?: ComponentChildren | ((error: { readonly message: string }) => ComponentChildren);
  readonly children?: ComponentChildren;
}

interface SuspenseState {
  readonly waiting: number;
  readonly failed: unknown;
}

const NOTHING = {};

class Boundary extends Component<SuspenseProps, SuspenseState> {
  override state: SuspenseState = { waiting: 0, failed: NOTHING };

  suspend(promise: Pending): void {
    this.setState(({ waiting }) => ({ waiting: waiting + 1 }));
    const done = (): void => this.setState(({ waiting }) => ({ waiting: waiting - 1 }));
    promise.then(done, done);
  }

  override componentDidCatch(error: unknown): void {
    if (this.props.error === undefined) throw error;
    this.setState({ failed: error });
  }

  override render(): ComponentChildren {
    const { children, fallback, error } = this.props;
    const { failed, waiting } = this.state;
    if (failed !== NOTHING) return typeof error === "function" ? error({ message: messageOf(failed) }) : error;
    return waiting > 0 ? fallback : children;
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Content that may come later, with something to show until then. */
export const Suspense = Boundary as unknown as (props: object) => Html;
