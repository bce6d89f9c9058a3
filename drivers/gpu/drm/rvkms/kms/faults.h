/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Every fault of a driver that is caught when it runs. Included with KMS_FAULT() defined; it has no
 * include guard.
 */
KMS_FAULT(STALE_SETUP, "an object is created outside create_objects()")
KMS_FAULT(FOREIGN_OBJECT, "an object of another device is passed")
KMS_FAULT(BORROW_LEFT, "a borrowed state was not given back")
KMS_FAULT(BORROW_AFTER_DONE, "a state is borrowed after hw_done")
KMS_FAULT(FOREIGN_TOKEN, "a token of another commit is passed")
KMS_FAULT(STEP_REPEATED, "a step of the commit tail is done twice")
KMS_FAULT(TAIL_INCOMPLETE, "the commit tail ended without the proof of hw_done")
