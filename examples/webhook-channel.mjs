// Post each notice of a session to a webhook. Usage: SAMOCODE_NOTIFY=./webhook-channel.mjs WEBHOOK_URL=… samocode-run NAME
/** @param {import("@samocode/core").Notice} notice @param {AbortSignal} cancel */
export async function tell(notice, cancel) {
  const response = await fetch(process.env["WEBHOOK_URL"] ?? "", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(notice),
    signal: cancel,
  });
  if (!response.ok) throw new Error(`the webhook answered ${response.status}`);
}
