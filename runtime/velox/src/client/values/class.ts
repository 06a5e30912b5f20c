// `class` values in modules that are compiled for the browser (T4).

import { classNames } from "../../shared/class.js";
import { read } from "./read.js";

/** A `class` value as text; nothing where no name is left. */
export function classText(value: unknown): string | undefined {
  const names = classNames(read(value));
  return names === "" ? undefined : names;
}
