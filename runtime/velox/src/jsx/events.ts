// Event handlers of elements: `onClick` and `onClickCapture`, and the lower-case names of HTML. They run
// in the browser only (T9).

/** A handler; `currentTarget` is the element that has it. */
export type EventHandler<E extends Event, T> = (event: E & { readonly currentTarget: T }) => void;

interface EventTypes {
  Abort: UIEvent;
  AnimationCancel: AnimationEvent;
  AnimationEnd: AnimationEvent;
  AnimationIteration: AnimationEvent;
  AnimationStart: AnimationEvent;
  AuxClick: PointerEvent;
  BeforeInput: InputEvent;
  BeforeMatch: Event;
  BeforeToggle: ToggleEvent;
  Blur: FocusEvent;
  Cancel: Event;
  CanPlay: Event;
  CanPlayThrough: Event;
  Change: Event;
  Click: PointerEvent;
  Close: Event;
  CompositionEnd: CompositionEvent;
  CompositionStart: CompositionEvent;
  CompositionUpdate: CompositionEvent;
  ContextMenu: PointerEvent;
  Copy: ClipboardEvent;
  CueChange: Event;
  Cut: ClipboardEvent;
  DblClick: MouseEvent;
  Drag: DragEvent;
  DragEnd: DragEvent;
  DragEnter: DragEvent;
  DragLeave: DragEvent;
  DragOver: DragEvent;
  DragStart: DragEvent;
  Drop: DragEvent;
  DurationChange: Event;
  Emptied: Event;
  Ended: Event;
  Error: Event;
  Focus: FocusEvent;
  FocusIn: FocusEvent;
  FocusOut: FocusEvent;
  FormData: FormDataEvent;
  GotPointerCapture: PointerEvent;
  Input: InputEvent;
  Invalid: Event;
  KeyDown: KeyboardEvent;
  KeyPress: KeyboardEvent;
  KeyUp: KeyboardEvent;
  Load: Event;
  LoadedData: Event;
  LoadedMetadata: Event;
  LoadStart: Event;
  LostPointerCapture: PointerEvent;
  MouseDown: MouseEvent;
  MouseEnter: MouseEvent;
  MouseLeave: MouseEvent;
  MouseMove: MouseEvent;
  MouseOut: MouseEvent;
  MouseOver: MouseEvent;
  MouseUp: MouseEvent;
  Paste: ClipboardEvent;
  Pause: Event;
  Play: Event;
  Playing: Event;
  PointerCancel: PointerEvent;
  PointerDown: PointerEvent;
  PointerEnter: PointerEvent;
  PointerLeave: PointerEvent;
  PointerMove: PointerEvent;
  PointerOut: PointerEvent;
  PointerOver: PointerEvent;
  PointerUp: PointerEvent;
  Progress: ProgressEvent;
  RateChange: Event;
  Reset: Event;
  Resize: UIEvent;
  Scroll: Event;
  ScrollEnd: Event;
  SecurityPolicyViolation: SecurityPolicyViolationEvent;
  Seeked: Event;
  Seeking: Event;
  Select: Event;
  SelectionChange: Event;
  SelectStart: Event;
  SlotChange: Event;
  Stalled: Event;
  Submit: SubmitEvent;
  Suspend: Event;
  TimeUpdate: Event;
  Toggle: ToggleEvent;
  TouchCancel: TouchEvent;
  TouchEnd: TouchEvent;
  TouchMove: TouchEvent;
  TouchStart: TouchEvent;
  TransitionCancel: TransitionEvent;
  TransitionEnd: TransitionEvent;
  TransitionRun: TransitionEvent;
  TransitionStart: TransitionEvent;
  VolumeChange: Event;
  Waiting: Event;
  Wheel: WheelEvent;
}

/** The handlers of an element of type `T`. */
export type EventAttributes<T> = {
  [Name in keyof EventTypes as `on${Name}` | `on${Name}Capture`]?: EventHandler<EventTypes[Name], T> | null | undefined;
} & {
  [Name in keyof EventTypes as `on${Lowercase<Name>}`]?: EventHandler<EventTypes[Name], T> | string | null | undefined;
};
