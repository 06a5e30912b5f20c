import type { Readable } from 'node:stream';
import { readFileSync } from 'node:fs';
export interface Report { name: string; body: Readable }
export const load = () => readFileSync('x', 'utf8');
