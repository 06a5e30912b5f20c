import { signal } from 'velox/client';

interface Props {
  name: string;
  accept: string[];
  limit: number;
}

type Chosen = { name: string; size: number; preview?: string };

export default function Upload({ name, accept, limit }: Props) {
  const files = signal<Chosen[]>([]);
  const problem = signal('');

  function choose(list: FileList | null) {
    const chosen = [...(list ?? [])];
    const size = chosen.reduce((sum, file) => sum + file.size, 0);
    problem.value = size > limit ? `Together they are ${(size / 2 ** 20).toFixed(1)} MiB, and ${limit / 2 ** 20} are allowed.` : '';
    files.value = chosen.map((file) => ({
      name: file.name,
      size: file.size,
      ...(file.type.startsWith('image/') ? { preview: URL.createObjectURL(file) } : {}),
    }));
  }

  return (
    <div onDragOver={(event) => event.preventDefault()} onDrop={(event) => { event.preventDefault(); choose(event.dataTransfer?.files ?? null); }}>
      <input type="file" name={name} id={name} accept={accept.join(',')} multiple onChange={(event) => choose((event.target as HTMLInputElement).files)} />
      {problem.value !== '' && <p role="alert">{problem.value}</p>}
      <ul>
        {files.value.map((file) => (
          <li key={file.name}>
            {file.preview ? <img src={file.preview} alt="" width="48" /> : null} {file.name} <small>{file.size} B</small>
          </li>
        ))}
      </ul>
    </div>
  );
}
