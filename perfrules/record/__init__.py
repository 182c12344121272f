"""Sealed evaluation records: one file from which anyone can re-perform a score.

`make_record` scores and seals; `open_record` checks every byte without computing; `replay` computes again and names the
first difference; `proof_of` shows one entity alone and `check_proof` proves it part of the whole; `signed` and
`signature_fault` are for detached signatures, by whatever is a `Signer` or a `Verifier`; `sampling_sheet` draws
entities for an auditor.
"""

from perfrules.record.differences import Difference
from perfrules.record.integrity import Fault, FaultKind
from perfrules.record.opening import NotARecord, Opened, open_record
from perfrules.record.perform import NotPerformed
from perfrules.record.proofs import Proof, SeveralOfThatName, check_proof, is_meant, proof_of
from perfrules.record.replay import AnotherSalt, PluginsNotAllowed, Replayed, replay
from perfrules.record.sample import Sheet, csv_sheet, draw, sampling_sheet
from perfrules.record.seal import Record, RecordTooLarge, make_record
from perfrules.record.signing import Signature, SignatureFault, Signer, Verifier, signature_fault, signed

__all__ = [
    "AnotherSalt",
    "Difference",
    "Fault",
    "FaultKind",
    "NotARecord",
    "NotPerformed",
    "Opened",
    "PluginsNotAllowed",
    "Proof",
    "Record",
    "RecordTooLarge",
    "Replayed",
    "SeveralOfThatName",
    "Sheet",
    "Signature",
    "SignatureFault",
    "Signer",
    "Verifier",
    "check_proof",
    "csv_sheet",
    "draw",
    "is_meant",
    "make_record",
    "open_record",
    "proof_of",
    "replay",
    "sampling_sheet",
    "signature_fault",
    "signed",
]
