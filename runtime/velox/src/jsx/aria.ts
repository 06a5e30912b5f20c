// `role` and the `aria-*` attributes.

import type { Attribute, Text, Word, Worded } from "./values.js";

type Switch = Worded | Attribute<boolean>;

/** Accessibility attributes of every element. */
export interface AriaAttributes {
  role?: Word<
    | "alert" | "alertdialog" | "application" | "article" | "banner" | "button" | "cell" | "checkbox" | "columnheader"
    | "combobox" | "complementary" | "contentinfo" | "definition" | "dialog" | "directory" | "document" | "feed" | "figure"
    | "form" | "grid" | "gridcell" | "group" | "heading" | "img" | "link" | "list" | "listbox" | "listitem" | "log" | "main"
    | "marquee" | "math" | "menu" | "menubar" | "menuitem" | "menuitemcheckbox" | "menuitemradio" | "navigation" | "none"
    | "note" | "option" | "presentation" | "progressbar" | "radio" | "radiogroup" | "region" | "row" | "rowgroup"
    | "rowheader" | "scrollbar" | "search" | "searchbox" | "separator" | "slider" | "spinbutton" | "status" | "switch"
    | "tab" | "table" | "tablist" | "tabpanel" | "term" | "textbox" | "timer" | "toolbar" | "tooltip" | "tree" | "treegrid"
    | "treeitem"
  >;
  "aria-activedescendant"?: Text;
  "aria-atomic"?: Switch;
  "aria-autocomplete"?: Word<"none" | "inline" | "list" | "both">;
  "aria-braillelabel"?: Text;
  "aria-brailleroledescription"?: Text;
  "aria-busy"?: Switch;
  "aria-checked"?: Switch | "mixed";
  "aria-colcount"?: Text;
  "aria-colindex"?: Text;
  "aria-colindextext"?: Text;
  "aria-colspan"?: Text;
  "aria-controls"?: Text;
  "aria-current"?: Switch | "page" | "step" | "location" | "date" | "time";
  "aria-describedby"?: Text;
  "aria-description"?: Text;
  "aria-details"?: Text;
  "aria-disabled"?: Switch;
  "aria-errormessage"?: Text;
  "aria-expanded"?: Switch;
  "aria-flowto"?: Text;
  "aria-haspopup"?: Switch | "menu" | "listbox" | "tree" | "grid" | "dialog";
  "aria-hidden"?: Switch;
  "aria-invalid"?: Switch | "grammar" | "spelling";
  "aria-keyshortcuts"?: Text;
  "aria-label"?: Text;
  "aria-labelledby"?: Text;
  "aria-level"?: Text;
  "aria-live"?: Word<"off" | "assertive" | "polite">;
  "aria-modal"?: Switch;
  "aria-multiline"?: Switch;
  "aria-multiselectable"?: Switch;
  "aria-orientation"?: Word<"horizontal" | "vertical">;
  "aria-owns"?: Text;
  "aria-placeholder"?: Text;
  "aria-posinset"?: Text;
  "aria-pressed"?: Switch | "mixed";
  "aria-readonly"?: Switch;
  "aria-relevant"?: Word<"additions" | "all" | "removals" | "text" | "additions text">;
  "aria-required"?: Switch;
  "aria-roledescription"?: Text;
  "aria-rowcount"?: Text;
  "aria-rowindex"?: Text;
  "aria-rowindextext"?: Text;
  "aria-rowspan"?: Text;
  "aria-selected"?: Switch;
  "aria-setsize"?: Text;
  "aria-sort"?: Word<"none" | "ascending" | "descending" | "other">;
  "aria-valuemax"?: Text;
  "aria-valuemin"?: Text;
  "aria-valuenow"?: Text;
  "aria-valuetext"?: Text;
}
