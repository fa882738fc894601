"""Who may import whom: schemas nothing, extractors and reconcile the schemas; only the pipeline joins them."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
OURS = ("schemas", "extractors", "pipeline")
MAY_IMPORT = (  # the first prefix that fits a module decides what it may import of ours
    ("schemas", ("schemas",)),
    ("extractors", ("schemas", "extractors")),
    ("pipeline.reconcile", ("schemas", "pipeline.reconcile")),
    ("pipeline", OURS),
)
HEAVY = ("spacy", "pandas", "pyarrow", "camelot", "cv2", "rapidocr", "onnxruntime", "pdfplumber", "pypdfium2", "numpy")

Graph = dict[str, set[str]]


def within(module: str, package: str) -> bool:
    return module == package or module.startswith(package + ".")


def module_name(path: Path, root: Path) -> str:
    parts = path.relative_to(root).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports_of(path: Path, module: str, known: set[str]) -> set[str]:
    """Modules that a file imports, also inside functions; `from a import b` is `a.b` where that is a module."""
    found: set[str] = set()
    package = module if path.stem == "__init__" else module.rpartition(".")[0]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                above = package.split(".")
                above = above[: len(above) - node.level + 1]
                base = ".".join([*above, base] if base else above)
            for alias in node.names:
                deeper = f"{base}.{alias.name}"
                found.add(deeper if deeper in known else base)
    return found - {module}


def graph_of(root: Path) -> Graph:
    files = {module_name(p, root): p for package in OURS for p in sorted((root / package).rglob("*.py"))}
    return {name: imports_of(path, name, set(files)) for name, path in files.items()}


def forbidden(graph: Graph) -> list[str]:
    wrong = []
    for module, targets in graph.items():
        allowed = next(may for prefix, may in MAY_IMPORT if within(module, prefix))
        for target in sorted(targets):
            ours = any(within(target, package) for package in OURS)
            if ours:
                bad = not any(within(target, package) for package in allowed)
            else:  # schemas live on the standard library alone
                bad = within(module, "schemas") and target.split(".")[0] not in sys.stdlib_module_names
            if bad:
                wrong.append(f"{module} imports {target}")
    return wrong


def cycles(graph: Graph) -> list[list[str]]:
    """Each cycle of modules once, by depth-first search."""
    found: list[list[str]] = []
    state: dict[str, int] = {}  # 1 on the path, 2 done

    def visit(module: str, path: list[str]) -> None:
        state[module] = 1
        for target in sorted(graph.get(module, ())):
            if state.get(target) == 1:
                found.append([*path[path.index(target) :], target])
            elif target in graph and target not in state:
                visit(target, [*path, target])
        state[module] = 2

    for module in sorted(graph):
        if module not in state:
            visit(module, [module])
    return found


def test_imports_go_one_way() -> None:
    graph = graph_of(ROOT)
    assert {"schemas", "extractors", "pipeline"} <= set(graph)
    assert forbidden(graph) == []


def test_no_modules_import_each_other_in_a_circle() -> None:
    assert cycles(graph_of(ROOT)) == []


def test_the_test_sees_what_it_forbids(tmp_path: Path) -> None:
    sources = {
        "schemas/a.py": "def f():\n    import pandas\n",
        "schemas/b.py": "from extractors import x\n",
        "extractors/x.py": "from . import y\n",
        "extractors/y.py": "from extractors.x import f\nfrom pipeline.cli import main\n",
        "pipeline/cli.py": "from extractors import x\n",
        "pipeline/reconcile/r.py": "from extractors.x import f\n",
    }
    for name, source in sources.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(source, encoding="utf-8")
    graph = graph_of(tmp_path)
    assert forbidden(graph) == [
        "schemas.a imports pandas",
        "schemas.b imports extractors.x",
        "extractors.y imports pipeline.cli",
        "pipeline.reconcile.r imports extractors.x",
    ]
    assert ["extractors.x", "extractors.y", "extractors.x"] in cycles(graph)


def test_heavy_libraries_wait_until_they_are_used() -> None:
    code = f"import sys, pipeline.cli; print([m for m in {HEAVY!r} if m in sys.modules])"
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"
