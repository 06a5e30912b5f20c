interface Window {
  drift?: { open(topic?: string): void };
}

declare module '*.txt' {
  const text: string;
  export default text;
}
