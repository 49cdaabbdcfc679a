"""Who may open the routes of Wagtail's editor and of Django's admin: each is declared by its name.

No guard of ours stands before their views; what they ask for is a permission. A route that an update or a hook of
Wagtail adds is in no group, and test_routes_of_others.py fails until somebody says who may.
"""

from __future__ import annotations

EDITORS = {
    "listing_chooser": """
        choose choose_results chosen chosen_multiple create
    """,
    "": """
        documents_in_order documents_in_order_results
        wagtail_bulk_action wagtailadmin_account wagtailadmin_block_preview wagtailadmin_choose_page
        wagtailadmin_choose_page_anchor_link wagtailadmin_choose_page_child wagtailadmin_choose_page_chosen_multiple
        wagtailadmin_choose_page_email_link wagtailadmin_choose_page_external_link
        wagtailadmin_choose_page_phone_link wagtailadmin_choose_page_search wagtailadmin_dismissibles
        wagtailadmin_error_test wagtailadmin_explore wagtailadmin_explore_results wagtailadmin_explore_root
        wagtailadmin_home wagtailadmin_logout wagtailadmin_tag_autocomplete wagtailadmin_tag_model_autocomplete
    """,
    "wagtailadmin_api:documents": """
        detail find listing
    """,
    "wagtailadmin_api:images": """
        detail find listing
    """,
    "wagtailadmin_api:pages": """
        action detail find listing
    """,
    "wagtailadmin_editing_sessions": """
        ping release
    """,
    "wagtailadmin_pages": """
        add add_subpage choose_parent collect_workflow_action_data confirm_workflow_cancellation convert_alias copy
        edit history history_results move move_confirm preview_on_add preview_on_edit revisions_compare
        revisions_index revisions_revert revisions_unschedule revisions_view search search_results set_privacy
        type_use type_use_results unpublish usage view_draft workflow_action workflow_history
        workflow_history_detail workflow_preview
    """,
    "wagtailadmin_reports": """
        aging_pages aging_pages_results page_types_usage page_types_usage_results site_history site_history_results
        workflow workflow_results workflow_tasks workflow_tasks_results
    """,
    "wagtailadmin_workflows": """
        task_chooser task_chooser_create task_chooser_results task_chosen
    """,
    "wagtaildocs": """
        add add_multiple create_multiple_from_uploaded_document delete delete_multiple delete_upload_multiple
        document_usage edit edit_multiple index index_results
    """,
    "wagtaildocs_chooser": """
        choose choose_results chosen chosen_multiple create
    """,
    "wagtailembeds": """
        chooser chooser_upload
    """,
    "wagtailforms": """
        index index_results list_submissions list_submissions_results
    """,
    "wagtailimages": """
        add add_multiple create_multiple_from_uploaded_image delete delete_multiple delete_upload_multiple edit
        edit_multiple image_usage index index_results preview url_generator url_generator_output
    """,
    "wagtailimages_chooser": """
        choose choose_results chosen chosen_multiple create select_format
    """,
}
"""Editors and operators: ``wagtailadmin.access_admin`` and the permissions of content/services/groups.py."""

OPERATORS = {
    "admin": """
        app_list messaging_outgoingmessage_change messaging_outgoingmessage_changelist
        messaging_outgoingmessage_history search_needrule_add search_needrule_change search_needrule_changelist
        search_needrule_delete search_needrule_history search_synonymrule_add search_synonymrule_change
        search_synonymrule_changelist search_synonymrule_delete search_synonymrule_history
    """,
    "wagtailsettings": """
        preview_on_edit
    """,
}
"""Operators: the permissions on the model that accounts and search grant to their group after each ``migrate``."""

NOBODY = {
    "admin": """
        autocomplete messaging_outgoingmessage_add messaging_outgoingmessage_delete view_on_site
    """,
    "wagtailadmin_collections": """
        add delete edit index set_privacy
    """,
    "wagtailadmin_pages": """
        delete lock set_page_position unlock
    """,
    "wagtailadmin_reports": """
        locked_pages locked_pages_results
    """,
    "wagtailadmin_workflows": """
        add add_task disable disable_task edit edit_task enable enable_task index index_results remove
        select_task_type task_index task_index_results usage usage_results
    """,
    "wagtailforms": """
        delete_submissions
    """,
    "wagtailredirects": """
        add delete edit index index_results process_import start_import
    """,
    "wagtailsites": """
        add copy delete edit history history_results index index_results usage
    """,
    "wagtailsnippets": """
        index
    """,
    "wagtailusers_groups": """
        add delete edit history history_results index index_results usage
    """,
    "wagtailusers_users": """
        add copy delete edit history history_results index index_results usage
    """,
}
"""No group has the permission: people, groups, sites, workflows, redirects and collections are not edited there."""

ANY_STAFF = {
    "": """
        /noi-dung/^.*/$ /noi-dung/test404/ /quan-tri/(?P<url>.*)$
        /quan-tri/messaging/outgoingmessage/<path:object_id>/ /quan-tri/search/needrule/<path:object_id>/
        /quan-tri/search/synonymrule/<path:object_id>/
        wagtailadmin_javascript_catalog wagtailadmin_login wagtailadmin_password_reset
        wagtailadmin_password_reset_complete wagtailadmin_password_reset_confirm wagtailadmin_password_reset_done
        wagtailadmin_sprite
    """,
    "admin": """
        index jsi18n login logout password_change password_change_done
    """,
    "wagtailsettings": """
        edit
    """,
}
"""Whoever is staff with the second factor: one's own password, the words and drawings of the interface."""


def names_of(group: dict[str, str]) -> set[str]:
    """The full names of a group's routes."""
    return {f"{space}:{name}" if space else name for space, names in group.items() for name in names.split()}
