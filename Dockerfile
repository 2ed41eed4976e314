# Build: docker build -t firstline .
# Run:   docker run -p 127.0.0.1:8080:8080 -v firstline-data:/var/lib/firstline -v /etc/firstline:/etc/firstline:ro \
#          -e FIRSTLINE_CONFIG=/etc/firstline/firstline.toml firstline
# A container listens for other machines, so it starts only with [sign_in] in that file (docs/sign-in.md), and a public_url.
FROM rust:1.95-slim-bookworm AS build
RUN apt-get update && apt-get install -y --no-install-recommends gcc libc6-dev nodejs npm && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY . .
RUN cargo build --release --locked --bin firstline

FROM debian:bookworm-slim
RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates git \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --system --uid 10001 --home-dir /var/lib/firstline --create-home firstline
COPY --from=build /src/target/release/firstline /usr/local/bin/firstline
COPY kb /usr/share/firstline/kb
ENV FIRSTLINE_LISTEN=0.0.0.0:8080 \
    FIRSTLINE_DATA=/var/lib/firstline \
    FIRSTLINE_KB=/usr/share/firstline/kb \
    FIRSTLINE_LOG_FORMAT=json
USER firstline
VOLUME /var/lib/firstline
EXPOSE 8080
STOPSIGNAL SIGTERM
ENTRYPOINT ["/usr/local/bin/firstline"]
CMD ["serve"]
