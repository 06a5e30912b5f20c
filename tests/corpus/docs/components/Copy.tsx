export default ({ text }: { text: string }) => (
  <button type="button" onClick={() => void navigator.clipboard.writeText(text)} title="Copy">⧉</button>
);
