"""A certificate that signs itself, for loopback, and its key: worth nothing outside of tests."""

from pathlib import Path

KEY = """\
-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg89sMI1JV1zOU7iyn
ic6KJK2ZvroEXICm8qGJuyqXtEChRANCAAQZkn4fPTRu7zywn075m4NIHptXjDVw
TsysvO4LtOvAv8hkZQ56JRPGiwM+rsOxgBwlZ1X9fMFjfoXrKAfO2K33
-----END PRIVATE KEY-----
"""
CERTIFICATE = """\
-----BEGIN CERTIFICATE-----
MIIBqDCCAU2gAwIBAgIUGS3NkB7z5WilCAeu7I1FOu9/Wo0wCgYIKoZIzj0EAwIw
GDEWMBQGA1UEAwwNd29ya3Nob3AudGVzdDAgFw0yNjExMjIxMjU5MThaGA8yMTI2
MTAyOTEyNTkxOFowGDEWMBQGA1UEAwwNd29ya3Nob3AudGVzdDBZMBMGByqGSM49
AgEGCCqGSM49AwEHA0IABBmSfh89NG7vPLCfTvmbg0gem1eMNXBOzKy87gu068C/
yGRlDnolE8aLAz6uw7GAHCVnVf18wWN+hesoB87YrfejczBxMB0GA1UdDgQWBBT/
y0YYW9AAnmkQ0v/1hfwJUd33TjAfBgNVHSMEGDAWgBT/y0YYW9AAnmkQ0v/1hfwJ
Ud33TjAPBgNVHRMBAf8EBTADAQH/MB4GA1UdEQQXMBWCDXdvcmtzaG9wLnRlc3SH
BH8AAAEwCgYIKoZIzj0EAwIDSQAwRgIhAPdHNPcMagtTFYzJdmDqOmi49WFMYMrq
i0rttKzVFVBMAiEA854PNna/iOBxAjGFgFmElrwMavZFxN/suUgRy9N1Lyc=
-----END CERTIFICATE-----
"""


def written(folder: Path) -> tuple[Path, Path]:
    """Write certificate and key into a folder."""
    cert, key = folder / "page.crt", folder / "page.key"
    cert.write_text(CERTIFICATE, "ascii")
    key.write_text(KEY, "ascii")
    return cert, key
