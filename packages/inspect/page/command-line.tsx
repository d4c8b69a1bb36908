import type { JSX } from "preact";
import { useState } from "preact/hooks";

/** A command to type, with a button that copies it. */
export function CommandLine({ text }: { readonly text: string }): JSX.Element {
  const [isCopied, setCopied] = useState(false);
  return (
    <span class="command">
      <code>{text}</code>
      <button
        type="button"
        class="quiet"
        onClick={() => {
          navigator.clipboard.writeText(text).then(
            () => setCopied(true),
            () => setCopied(false),
          );
        }}
      >
        {isCopied ? "copied" : "copy"}
      </button>
    </span>
  );
}
