import { batch, signal } from 'velox/client';

export interface Task { id: string; title: string; column: string }

export default function Board({ columns, tasks: initial }: { columns: string[]; tasks: Task[] }) {
  const tasks = signal(initial);
  const held = signal<string | null>(null);

  const drop = (column: string) => (event: DragEvent) => {
    event.preventDefault();
    batch(() => {
      tasks.value = tasks.value.map((task) => (task.id === held.value ? { ...task, column } : task));
      held.value = null;
    });
  };

  return (
    <div class="board">
      {columns.map((column) => (
        <section key={column} onDragOver={(event) => event.preventDefault()} onDrop={drop(column)}>
          <h2>{column}</h2>
          {tasks.value.filter((task) => task.column === column).map((task) => (
            <article key={task.id} draggable onDragStart={() => (held.value = task.id)}>{task.title}</article>
          ))}
        </section>
      ))}
    </div>
  );
}
