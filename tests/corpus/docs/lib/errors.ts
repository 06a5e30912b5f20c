export interface ErrorPage {
  readonly code: `L${number}`;
  readonly title: string;
  readonly bad: string;
  readonly good: string;
}

export const errors: ErrorPage[] = [
  { code: 'L0042', title: 'a stage reads the clock', bad: 'stage("x", () => `${Date.now()}`)', good: 'stage("x", (text) => text)' },
  { code: 'L0043', title: 'a stage is named twice', bad: 'stage("a"); stage("a")', good: 'stage("a"); stage("b")' },
  { code: 'L0101', title: 'a glob matches nothing', bad: 'include: ["scr/**"]', good: 'include: ["src/**"]' },
];
