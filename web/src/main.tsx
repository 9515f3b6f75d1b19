import "./app/trusted";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app/App";
import { applyPreferences } from "./app/preferences";
import "./ui/theme.css";

const root = document.getElementById("root");
if (!root) {
  throw new Error("The page has no #root element.");
}
await applyPreferences();
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
