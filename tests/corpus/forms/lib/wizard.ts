import { useCookies } from 'velox/server';

export const steps = ['about', 'household', 'documents', 'confirm'] as const;
export type Step = (typeof steps)[number];

export interface Draft {
  about?: { name: string; born: string };
  household?: { members: number; pets: string[] };
  documents?: string[];
}

export function readDraft(): Draft {
  const text = useCookies().get('draft');
  if (!text) return {};
  try {
    return JSON.parse(atob(text)) as Draft;
  } catch {
    return {};
  }
}

export const saveDraft = <K extends keyof Draft>(key: K, value: NonNullable<Draft[K]>): void =>
  useCookies().set('draft', btoa(JSON.stringify({ ...readDraft(), [key]: value })), { maxAge: 3600 });

export const after = (step: Step): string => `/apply/${steps[steps.indexOf(step) + 1] ?? 'done'}/`;
