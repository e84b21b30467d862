//! Who gets one day's broadcast and who does not, before anything is sent: pure, from lists, opt-outs and the ledger.
