"""What an erasure decides about each table that names a person or a household: erased, or kept and why.

test_erasure_decisions.py finds the tables by itself and fails on one that is not here.
"""

from __future__ import annotations

GOES_WITH_THE_ACCOUNT = """
    account.EmailAddress.user accounts.User_groups.user accounts.User_user_permissions.user address.UserAddress.user
    admin.LogEntry.user analytics.UserProductView.user analytics.UserRecord.user analytics.UserSearch.user
    basket.Basket.owner communication.Email.user communication.Notification.recipient
    communication.Notification.sender customer.ProductAlert.user mfa.Authenticator.user
    offer.RangeProductFileUpload.uploaded_by order.OrderNote.user partner.Partner_users.user payment.Bankcard.user
    reviews.ProductReview.user reviews.Vote.user search.SavedSearch.user voucher.VoucherApplication.user
    wagtailadmin.EditingSession.user wagtailadmin.FormState.user wagtailcore.APIToken.user wagtailcore.Comment.user
    wagtailcore.CommentReply.user wagtailcore.PageSubscription.user wagtailusers.UserProfile.user
    wishes.StockAlert.user wishlists.WishList.owner
"""
"""Deleted: rows of the person alone, which hang on the account by CASCADE."""

ERASED = {
    "households.HouseholdMember.user": "the tie is cut; name and number go",
    "households.HouseholdMember.household": "stays without a name and a number",
    "households.Household.head": "the household's row stays without a name, a number and a story",
    "households.Mandate.household": "the picture of the signature goes; that it was given, and when, stays",
    "onboarding.Consent.household": "the picture of the signature goes; that it was given, and when, stays",
    "onboarding.DoorstepCode.household": "deleted",
    "onboarding.DataRequest.household": "its words go; that it was asked and answered stays",
    "catalogue.Product.household": "photos and words go; the title stays, because orders name the goods by it",
    "catalogue.Photo.portrays": "the pictures of its people and its land are deleted",
    "catalogue.ListingQuestion.asker": "deleted",
    "catalogue.ListingFlag.flagged_by": "the name goes; what is wrong with the listing stays for operators",
}

KEPT = {
    "the log and its kin are written once, and prove what was done for whom": """
        core.AuditEntry.actor households.AccountEvent.household households.AccountEvent.actor households.Act.household
        households.Act.actor catalogue.ListingEvent.actor catalogue.RevisionEvent.actor order.HouseholdOrderEvent.actor
        onboarding.StepRecord.recorded_by onboarding.OnboardingCase.household onboarding.OnboardingCase.opened_by
    """,
    "who did it names an account, which is blank once it is erased": """
        households.Mandate.checked_by households.Mandate.recorded_by onboarding.Consent.checked_by
        onboarding.Consent.recorded_by onboarding.DoorstepCode.asked_by onboarding.DataRequest.asked_by
        onboarding.DataRequest.answered_by catalogue.Product.drafted_by catalogue.Product.checked_by
        catalogue.OcopCertificate.confirmed_by catalogue.OcopCertificate.refused_by
        catalogue.QualityCertificate.confirmed_by catalogue.QualityCertificate.refused_by catalogue.Photo.uploaded_by
        catalogue.ListingRevision.author catalogue.ListingQuestion.answered_by catalogue.ListingQuestion.hidden_by
        catalogue.Review.answered_by catalogue.Review.hidden_by catalogue.ListingFlag.closed_by
        order.OrderProblem.settled_by reporting.ReportRun.requested_by
    """,
    "orders and their money are kept for accounting, and figures of goods count them": """
        order.HouseholdOrder.household order.Order.user partner.Partner.household partner.Partner.users
        catalogue.TrackRecord.household
    """,
    "whoever serves in a team or an office keeps his account": """
        households.TeamMember.user households.CommuneOfficer.user households.ProvinceOfficer.user field.FieldDevice.user
        field.FieldDevice.locked_by field.FieldUpload.user
    """,
    "editors and operators write them, who keep their accounts": """
        content.GuideIndexPage.locked_by content.GuideIndexPage.owner content.GuidePage.locked_by
        content.GuidePage.owner content.HomePage.locked_by content.HomePage.owner content.NewsIndexPage.locked_by
        content.NewsIndexPage.owner content.NewsPage.locked_by content.NewsPage.owner
        content.ProvinceIndexPage.locked_by content.ProvinceIndexPage.owner content.ProvincePage.locked_by
        content.ProvincePage.owner content.TrustPage.locked_by content.TrustPage.owner
        wagtailcore.Comment.resolved_by wagtailcore.ModelLogEntry.user
        wagtailcore.Page.locked_by wagtailcore.Page.owner wagtailcore.PageLogEntry.user wagtailcore.Revision.user
        wagtailcore.TaskState.finished_by wagtailcore.UploadedFile.uploaded_by_user
        wagtailcore.WorkflowState.requested_by wagtaildocs.Document.uploaded_by_user
        wagtailimages.Image.uploaded_by_user
    """,
}
