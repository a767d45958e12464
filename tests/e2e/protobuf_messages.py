"""Message classes of .proto source, by Google's own compiler and runtime."""

import subprocess
from pathlib import Path

from google.protobuf import descriptor_pb2, descriptor_pool, message_factory


class ProtoFiles:
    """`ProtoFiles(folder, {"a.proto": "…"})["shop.v1.Order"](id=1).SerializeToString()`"""

    def __init__(self, folder: Path, files: dict[str, str]):
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in files.items():
            (folder / name).write_text(text)
        compiled = folder / "compiled.bin"
        subprocess.run(["protoc", "-I", folder, "--include_imports", "-o", compiled, *files],
                       check=True)
        self.descriptor_set = compiled.read_bytes()
        self._pool = descriptor_pool.DescriptorPool()
        parsed = descriptor_pb2.FileDescriptorSet.FromString(self.descriptor_set)
        for file in parsed.file:
            self._pool.Add(file)

    def __getitem__(self, name: str) -> type:
        return message_factory.GetMessageClass(self._pool.FindMessageTypeByName(name))
