// JupyterLab's half of the analyst's desk: sources of figures by keyboard, the live preview in a tab, the way back from a
// paragraph to its cell. JupyterLab loads extensions as containers of module federation (init, get); this one is written
// by hand, so that nothing has to be built: docs/design.md.

var _JUPYTERLAB = _JUPYTERLAB || {};
(() => {
  const HERE = document.currentScript.src;
  const PREVIEW = "halfyear:preview";
  let libraries = {};
  const library = async (name) => (await Object.values(libraries[name])[0].get())();

  // ---- sources by keyboard: each figure that has one is a stop of the Tab key, and shows there what pointing shows

  function sourcesByKeyboard() {
    document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href: new URL("desk.css", HERE).href }));
    const note = Object.assign(document.createElement("div"), { id: "halfyear-source", role: "tooltip", hidden: true });
    document.body.append(note);
    const reach = (node) => node.querySelectorAll?.("data.fact[title]:not([tabindex])").forEach((fact) => {
      fact.tabIndex = 0;
      fact.setAttribute("aria-describedby", note.id);
    });
    new MutationObserver((changes) => changes.forEach((change) => change.addedNodes.forEach(reach))).observe(document.body, { childList: true, subtree: true });
    const show = (fact) => {
      note.textContent = fact.title;
      note.hidden = false;
      const { left, top, bottom } = fact.getBoundingClientRect();
      const { width, height } = note.getBoundingClientRect();
      note.style.left = `${Math.max(0, Math.min(left, innerWidth - width))}px`;
      note.style.top = `${bottom + height + 4 > innerHeight ? top - height - 4 : bottom + 4}px`;
    };
    const hide = () => (note.hidden = true);
    document.addEventListener("focusin", (event) => (event.target.matches?.("data.fact[title]:focus-visible") ? show(event.target) : hide()));
    document.addEventListener("focusout", hide);
    document.addEventListener("scroll", hide, { capture: true, passive: true });
    document.addEventListener("keydown", (event) => event.key === "Escape" && hide());
  }

  // ---- the preview in a tab

  // What the parameters cell of the notebook says, saved or not.
  function periodOf(notebook) {
    const cells = notebook?.content.widgets.map((cell) => cell.model) ?? [];
    const parameters = cells.find((cell) => cell.getMetadata("tags")?.includes("parameters"));
    return parameters?.sharedModel.source.match(/^period\s*=\s*["'](.*?)["']/m)?.[1] ?? "";
  }

  // Beside the notebook it is of; where the launcher's tile was asked, JupyterLab first puts it in the launcher's place.
  function preview(app, { MainAreaWidget }, { IFrame, html5Icon }, server, words, notebook, cwd) {
    const path = notebook?.context.path ?? cwd, period = periodOf(notebook);
    const content = new IFrame({ sandbox: ["allow-same-origin", "allow-scripts", "allow-popups"] });
    content.url = `${server}halfyear/preview?${new URLSearchParams({ path: app.serviceManager.contents.localPath(path), period })}`;
    content.addClass("halfyear-preview");
    const tab = new MainAreaWidget({ content });
    tab.id = `halfyear-preview-${Date.now()}`;
    tab.title.label = `${words.preview} ${period}`.trim();
    tab.title.caption = words["preview-caption"];
    tab.title.icon = html5Icon;
    tab.title.closable = true;
    app.shell.add(tab, "main");
    if (notebook) setTimeout(() => app.shell.add(tab, "main", { mode: "split-right", ref: notebook.id }));
    return tab;
  }

  // A paragraph of the preview was asked for its cell.
  async function goToCell(app, beside, { notebook, cell }) {
    const options = beside ? { ref: beside.id, mode: "tab-after" } : {};
    const panel = await app.commands.execute("docmanager:open", { path: notebook, options });
    await panel.context.ready;
    await panel.revealed;
    panel.content.activeCellIndex = cell - 1;
    await panel.content.scrollToItem(cell - 1, "center");
  }

  const plugin = {
    id: "halfyear:desk",
    description: "Sources of figures by keyboard, and the live preview of a report.",
    autoStart: true,
    async activate(app, tracker, palette, launcher) {
      sourcesByKeyboard();
      const server = app.serviceManager.serverSettings.baseUrl;
      const [apputils, components, answer] = await Promise.all([library("@jupyterlab/apputils"), library("@jupyterlab/ui-components"), fetch(`${server}halfyear/words`)]);
      if (!answer.ok) return;
      const words = await answer.json();
      app.commands.addCommand(PREVIEW, {
        label: words.preview,
        caption: words["preview-caption"],
        icon: components.html5Icon,
        execute: ({ cwd = "" }) => preview(app, apputils, components, server, words, tracker.currentWidget, cwd),
      });
      palette?.addItem({ command: PREVIEW, category: words.group });
      launcher?.add({ command: PREVIEW, category: words.group, rank: 1 });
      addEventListener("message", (event) => {
        const ours = [...document.querySelectorAll("iframe")].some((frame) => frame.contentWindow === event.source);
        if (ours && event.origin === location.origin && event.data?.halfyear) goToCell(app, tracker.currentWidget, event.data.halfyear);
      });
    },
  };

  _JUPYTERLAB.halfyear = {
    init: (shared) => void (libraries = shared),
    async get() {
      const [notebook, apputils] = await Promise.all([library("@jupyterlab/notebook"), library("@jupyterlab/apputils")]);
      const launcher = libraries["@jupyterlab/launcher"] && (await library("@jupyterlab/launcher")); // Jupyter Notebook has none
      const optional = [apputils.ICommandPalette, ...(launcher ? [launcher.ILauncher] : [])];
      return () => Object.assign(plugin, { requires: [notebook.INotebookTracker], optional });
    },
  };
})();
