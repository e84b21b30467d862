#!/usr/bin/env python3
"""A proxy that makes a road longer: every octet arrives half a round trip later, in both directions.

    delay.py LISTEN_PORT SERVER_PORT ROUND_TRIP_SECONDS

It delays; it drops and reorders nothing, and knows no windows. It ends with its parent's signal.
"""

import asyncio
import socket
import sys


async def carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, delay: float) -> None:
    loop = asyncio.get_running_loop()
    road: asyncio.Queue = asyncio.Queue()

    async def arrive() -> None:
        while (item := await road.get()) is not None:
            due, octets = item
            if (wait := due - loop.time()) > 0:
                await asyncio.sleep(wait)
            writer.write(octets)
        writer.close()

    arriving = asyncio.create_task(arrive())
    try:
        while octets := await reader.read(1 << 18):
            road.put_nowait((loop.time() + delay, octets))
    except ConnectionError:
        pass
    road.put_nowait(None)
    await asyncio.gather(arriving, return_exceptions=True)


async def serve(listen: int, server: int, delay: float) -> None:
    async def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            to_reader, to_writer = await asyncio.open_connection("127.0.0.1", server)
        except OSError:
            writer.close()
            return
        for end in (writer, to_writer):
            end.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        await asyncio.gather(carry(reader, to_writer, delay), carry(to_reader, writer, delay))

    async with await asyncio.start_server(accept, "127.0.0.1", listen, backlog=256) as listening:
        await listening.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]) / 2))
